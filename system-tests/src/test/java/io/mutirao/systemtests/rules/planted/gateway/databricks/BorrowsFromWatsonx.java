package io.mutirao.systemtests.rules.planted.gateway.databricks;

import io.mutirao.systemtests.rules.planted.gateway.watsonx.WatsonxWords;

record BorrowsFromWatsonx(WatsonxWords words) {}
