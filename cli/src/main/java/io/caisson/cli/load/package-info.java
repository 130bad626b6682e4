/** Files of JSON lines or CSV into streams, resumable and exactly once. */
@NullMarked
package io.caisson.cli.load;

import org.jspecify.annotations.NullMarked;
