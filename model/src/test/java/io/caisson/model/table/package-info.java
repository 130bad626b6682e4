@NullMarked
package io.caisson.model.table;

import org.jspecify.annotations.NullMarked;
