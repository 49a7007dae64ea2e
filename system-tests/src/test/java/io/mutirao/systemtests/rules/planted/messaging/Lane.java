package io.mutirao.systemtests.rules.planted.messaging;

public final class Lane {}
