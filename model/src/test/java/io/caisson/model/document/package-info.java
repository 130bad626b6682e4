@NullMarked
package io.caisson.model.document;

import org.jspecify.annotations.NullMarked;
