package io.mutirao.systemtests.rules.planted.gateway.watsonx;

public final class WatsonxWords {}
