/** Tables as programs use them, and their indexes over restarts. */
@NullMarked
package io.caisson.tests.tables;

import org.jspecify.annotations.NullMarked;
