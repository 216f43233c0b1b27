namespace Quartier.Contracts.SensorThings;

/// <summary>What is wrong with a query.</summary>
public enum QueryProblemKind : byte
{
    /// <summary>It cannot be read, or names what does not exist in the model: 400.</summary>
    Syntax = 0,

    /// <summary>No such resource: the path names an unknown entity set, or an entity that does not exist: 404.</summary>
    NotFound = 1,

    /// <summary>It costs more than a <see cref="QueryLimits"/>: 400 while reading the URL, 413 or 503 while answering.</summary>
    LimitExceeded = 2,

    /// <summary>It is of the standard's language, but this server does not do it: 501.</summary>
    NotSupported = 3,
}
