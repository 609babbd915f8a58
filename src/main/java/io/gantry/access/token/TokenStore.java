package io.gantry.access.token;

import com.github.f4b6a3.uuid.UuidCreator;
import io.gantry.access.Deed;
import io.gantry.access.Role;
import io.gantry.audit.AuditStore;
import io.gantry.database.Database;
import io.gantry.database.Keyset;
import io.gantry.database.Keyset.Direction;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The stored tokens. */
public final class TokenStore {

    private static final String COLUMNS =
            "id, prefix, title, owner, role, created_at, created_by, expires_at, last_used_at";
    private static final String PATH = "/tokens/";

    private final Database database;
    private final SecureRandom random = new SecureRandom();

    public TokenStore(Database database) {
        this.database = database;
    }

    Token.Fresh create(Token.Draft draft, Deed deed) {
        TokenText text = TokenText.random(random);
        UUID id = UuidCreator.getTimeOrderedEpoch();
        return database.inTransaction(handle -> {
            handle.createUpdate("""
                            insert into tokens (id, prefix, hash, title, owner, role, created_by, expires_at)
                            values (:id, :prefix, :hash, :title, :owner, :role, :by, :expires)""")
                    .bind("id", id)
                    .bind("prefix", text.prefix())
                    .bind("hash", text.hash())
                    .bind("title", draft.title())
                    .bind("owner", draft.owner())
                    .bind("role", draft.role().word())
                    .bind("by", deed.caller().label())
                    .bind(
                            "expires",
                            draft.expiresAt()
                                    .map(at -> at.atOffset(ZoneOffset.UTC))
                                    .orElse(null))
                    .execute();
            AuditStore.record(handle, deed, PATH + id, 201);
            return new Token.Fresh(find(handle, id).orElseThrow(), text);
        });
    }

    Optional<Token> find(UUID id) {
        return database.read(handle -> find(handle, id));
    }

    /**
     * From now on nobody gets in with it.
     *
     * @param check may raise problems
     * @return false if there is none
     */
    boolean delete(UUID id, Deed deed, Consumer<Token> check) {
        return database.inTransaction(handle -> {
            Optional<Token> token = find(handle, id);
            token.ifPresent(check);
            boolean deleted = handle.createUpdate("delete from tokens where id = :id")
                            .bind("id", id)
                            .execute()
                    == 1;
            if (deleted) {
                AuditStore.record(handle, deed, PATH + id, 204);
            }
            return deleted;
        });
    }

    Rows<Token> list(Direction direction, Slice slice) {
        return database.read(handle -> list(handle, direction, slice));
    }

    long count() {
        return database.read(handle -> handle.createQuery("select count(*) from tokens")
                .mapTo(Long.class)
                .one());
    }

    /** The token with this text, if it is valid now; notes that it was used. */
    Optional<Token> use(TokenText text) {
        Optional<Used> used = database.read(handle -> handle.createQuery("select hash, " + COLUMNS + """
                         , last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute' as used_long_ago
                        from tokens
                        where prefix = :prefix and (expires_at is null or expires_at > clock_timestamp())""")
                .bind("prefix", text.prefix())
                .map((row, context) -> new Used(
                        token(row),
                        MessageDigest.isEqual(row.getBytes("hash"), text.hash()),
                        row.getBoolean("used_long_ago")))
                .findOne());
        Optional<Used> valid = used.filter(Used::isTheOne);
        valid.filter(Used::longAgo).ifPresent(found -> noteUse(found.token().id()));
        return valid.map(Used::token);
    }

    private record Used(Token token, boolean isTheOne, boolean longAgo) {}

    private void noteUse(UUID id) {
        database.useTransaction(
                handle -> handle.createUpdate("update tokens set last_used_at = clock_timestamp() where id = :id")
                        .bind("id", id)
                        .execute());
    }

    private static Optional<Token> find(Handle handle, UUID id) {
        return handle.createQuery("select " + COLUMNS + " from tokens where id = :id")
                .bind("id", id)
                .map((row, context) -> token(row))
                .findOne();
    }

    private static Rows<Token> list(Handle handle, Direction direction, Slice slice) {
        Keyset keyset = new Keyset("created_at", "timestamptz", "id", direction);
        Query query = handle.createQuery("select " + COLUMNS + " from tokens where " + keyset.where(slice)
                        + " order by " + keyset.orderBy(slice) + " limit :limit")
                .bind("limit", slice.size() + 1);
        slice.after()
                .or(slice::before)
                .ifPresent(mark -> query.bind("mark_key", mark.key()).bind("mark_id", mark.id()));
        List<Token> fetched = query.map((row, context) -> token(row)).list();
        return keyset.rows(
                slice,
                fetched,
                Token::mark,
                mark -> handle.createQuery(
                                "select exists (select 1 from tokens where " + keyset.whereBehind(slice) + ")")
                        .bind("mark_key", mark.key())
                        .bind("mark_id", mark.id())
                        .mapTo(Boolean.class)
                        .one());
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getObject("id", UUID.class),
                row.getString("prefix"),
                new Token.Draft(
                        row.getString("title"),
                        row.getString("owner"),
                        Role.parse(row.getString("role")).orElseThrow(),
                        instant(row, "expires_at")),
                instant(row, "created_at").orElseThrow(),
                row.getString("created_by"),
                instant(row, "last_used_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
