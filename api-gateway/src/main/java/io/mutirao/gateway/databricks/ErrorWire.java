package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Every error: always both fields. */
record ErrorWire(@JsonProperty("error_code") String errorCode, String message) {}
