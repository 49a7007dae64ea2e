package io.mutirao.notifier.channel;

import java.net.URI;
import java.util.Map;

/** A POST of JSON. */
record HttpCall(URI url, Map<String, String> headers, String body) {}
