/** State of views: sorted runs of blocks, and the manifest that makes them current. */
@NullMarked
package io.caisson.model.run;

import org.jspecify.annotations.NullMarked;
