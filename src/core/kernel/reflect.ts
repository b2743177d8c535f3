// tsyringe refuses to load without this polyfill, so every entry point imports this file before anything else.
import 'reflect-metadata';
