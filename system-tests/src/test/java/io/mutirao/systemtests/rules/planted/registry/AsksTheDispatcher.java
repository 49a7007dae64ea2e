package io.mutirao.systemtests.rules.planted.registry;

import io.mutirao.systemtests.rules.planted.dispatcher.Run;

record AsksTheDispatcher(Run run) {}
