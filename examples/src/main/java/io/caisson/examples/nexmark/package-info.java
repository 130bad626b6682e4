/**
 * Nexmark, an online auction: its events, made from a seed, and its questions as standing queries.
 */
@NullMarked
package io.caisson.examples.nexmark;

import org.jspecify.annotations.NullMarked;
