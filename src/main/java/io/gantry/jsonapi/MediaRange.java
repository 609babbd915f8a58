package io.gantry.jsonapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A media type, or a range of them in an {@code Accept} header (RFC 9110, 8.3.1 and 12.5.1).
 *
 * @param type in lower case, as in {@code text/plain} or {@code text/*}
 * @param parameters without the weight; names in lower case
 * @param weight from 0 to 1
 */
record MediaRange(String type, Map<String, String> parameters, double weight) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern RANGE = Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")\\s*");
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*(?:(" + TOKEN + ")=(" + TOKEN + "|" + QUOTED + "))?\\s*");
    private static final Pattern WEIGHT = Pattern.compile("0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?");

    /** Empty if this isn't one media type. */
    static Optional<MediaRange> parse(String text) {
        return parseList(text).filter(list -> list.size() == 1).map(list -> list.get(0));
    }

    /** Empty if one of them isn't a media type or range; empty elements don't count. */
    static Optional<List<MediaRange>> parseList(String text) {
        List<MediaRange> ranges = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            if (text.charAt(position) == ',' || Character.isWhitespace(text.charAt(position))) {
                position++;
                continue;
            }
            Matcher range = RANGE.matcher(text).region(position, text.length());
            if (!range.lookingAt()) {
                return Optional.empty();
            }
            position = range.end();
            Map<String, String> parameters = new LinkedHashMap<>();
            Matcher parameter = PARAMETER.matcher(text).region(position, text.length());
            while (parameter.lookingAt()) {
                if (parameter.group(1) != null) {
                    parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), unquote(parameter.group(2)));
                }
                position = parameter.end();
                parameter.region(position, text.length());
            }
            String weight = Optional.ofNullable(parameters.remove("q")).orElse("1");
            boolean ended = position == text.length() || text.charAt(position) == ',';
            if (!ended || !WEIGHT.matcher(weight).matches()) {
                return Optional.empty();
            }
            ranges.add(new MediaRange(range.group(1).toLowerCase(Locale.ROOT), parameters, Double.parseDouble(weight)));
        }
        return Optional.of(ranges);
    }

    private static String unquote(String text) {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }

    boolean isJsonApi() {
        return type.equals(JsonApi.MEDIA_TYPE);
    }

    /** Whether the parameters are those that JSON:API allows: profiles are ignored, no extension is known here. */
    boolean hasSupportedParameters() {
        return !isJsonApi() || parameters.keySet().stream().allMatch(name -> name.equals("profile"));
    }

    /** How closely this range describes a type: 0 not at all, 3 by its name. */
    int closeness(String mediaType) {
        if (type.equals(mediaType)) {
            return 3;
        }
        if (type.equals("*/*")) {
            return 1;
        }
        boolean sameKind = type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1));
        return sameKind ? 2 : 0;
    }

    @Override
    public String toString() {
        return weight == 1 ? type : type + ";q=" + weight;
    }
}
