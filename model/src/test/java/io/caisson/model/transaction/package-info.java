@NullMarked
package io.caisson.model.transaction;

import org.jspecify.annotations.NullMarked;
