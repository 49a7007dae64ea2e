package io.mutirao.contracts.job;

/**
 * How many jobs an owner was given within the last hour, saved ones ({@code GET
 * /jobs/created-lately} of the registry) or such as run once ({@code GET /runs/submitted-lately} of
 * the dispatcher).
 */
public record CreatedLately(long count) {}
