/** Collections of documents, as programs use them. */
@NullMarked
package io.caisson.engine.document;

import org.jspecify.annotations.NullMarked;
