/** What the tests of the model share. */
@NullMarked
package io.caisson.model;

import org.jspecify.annotations.NullMarked;
