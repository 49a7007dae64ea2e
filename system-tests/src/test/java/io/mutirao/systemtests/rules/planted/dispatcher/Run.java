package io.mutirao.systemtests.rules.planted.dispatcher;

public final class Run {}
