package io.mutirao.systemtests.rules.planted.contracts;

import io.mutirao.systemtests.rules.planted.messaging.Lane;

record KnowsMessaging(Lane lane) {}
