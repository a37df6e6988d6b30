// Package sample is a fictional story in articles of invented outlets.
package sample
