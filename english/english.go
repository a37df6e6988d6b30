// Package english is the language pack: the lexicons that reading needs.
package english
