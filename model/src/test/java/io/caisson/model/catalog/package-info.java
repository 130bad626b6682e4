@NullMarked
package io.caisson.model.catalog;

import org.jspecify.annotations.NullMarked;
