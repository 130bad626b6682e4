/** Subscriptions: what those who follow views and streams are told. */
@NullMarked
package io.caisson.engine.subscription;

import org.jspecify.annotations.NullMarked;
