/** Subscriptions: how far those who follow something have come. */
@NullMarked
package io.caisson.model.subscription;

import org.jspecify.annotations.NullMarked;
