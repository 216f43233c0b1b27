namespace Quartier.Contracts.SensorThings;

/// <summary>What of the addressed resource is asked for.</summary>
public enum PathEnd : byte
{
    /// <summary>The entity, or the entities.</summary>
    Entities = 0,

    /// <summary>One property, as JSON with its name.</summary>
    Property = 1,

    /// <summary>One property's bare value: <c>/$value</c>.</summary>
    Value = 2,

    /// <summary>Links only: <c>/$ref</c>.</summary>
    References = 3,

    /// <summary>How many there are, as bare text: <c>/$count</c>.</summary>
    Count = 4,
}
