/** Documents, key-values and records as programs use them. */
@NullMarked
package io.caisson.tests.models;

import org.jspecify.annotations.NullMarked;
