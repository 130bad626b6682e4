/** A view is its query: random streams, random standing queries, random histories. */
@NullMarked
package io.caisson.tests.views;

import org.jspecify.annotations.NullMarked;
