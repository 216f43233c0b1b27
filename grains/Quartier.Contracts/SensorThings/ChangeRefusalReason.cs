namespace Quartier.Contracts.SensorThings;

/// <summary>Kinds of refusals of a change.</summary>
public enum ChangeRefusalReason : byte
{
    /// <summary>The entity does not exist: 404.</summary>
    NotFound = 0,

    /// <summary>The entity has another version than the caller knows: 412.</summary>
    OtherVersion = 1,

    /// <summary>A link leads to an entity that does not exist: 400.</summary>
    TargetMissing = 2,

    /// <summary>A required relation or property would be missing: 400.</summary>
    RelationRequired = 3,

    /// <summary>The id or the registry key is in use: 409.</summary>
    Taken = 4,

    /// <summary>The relation does not exist: 404.</summary>
    NotConnected = 5,

    /// <summary>One change would make too many others: 413.</summary>
    TooMany = 6,
}
