package io.mutirao.systemtests.rules.planted.gateway.core;

import io.mutirao.systemtests.rules.planted.gateway.watsonx.WatsonxWords;

record KnowsADialect(WatsonxWords words) {}
