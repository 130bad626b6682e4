package io.caisson.model.run;

import java.util.UUID;

/**
 * What of a view's state is current, and whose it is. Immutable; the array is not copied and not
 * changed.
 *
 * @param owner the token of the worker that keeps the view: only the owner may replace the manifest
 * @param body the manifest's contents, its writer's affair
 */
public record Manifest(UUID owner, byte[] body) {}
