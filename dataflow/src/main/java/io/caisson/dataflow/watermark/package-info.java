/** Event time: how far a stream has come. */
@NullMarked
package io.caisson.dataflow.watermark;

import org.jspecify.annotations.NullMarked;
