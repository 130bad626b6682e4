/** Tests that see Caisson from outside: what they share. */
@NullMarked
package io.caisson.tests;

import org.jspecify.annotations.NullMarked;
