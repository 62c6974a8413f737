// What every JavaScript runtime has although the language's library does not declare it.
declare function structuredClone<T>(value: T): T;
