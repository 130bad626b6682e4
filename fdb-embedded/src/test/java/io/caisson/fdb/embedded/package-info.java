/** Tests of the embedded engine. */
@NullMarked
package io.caisson.fdb.embedded;

import org.jspecify.annotations.NullMarked;
