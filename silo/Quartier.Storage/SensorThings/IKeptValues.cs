namespace Quartier.Storage.SensorThings;

/// <summary>What is kept of the Observations of one path so that it can be compared with those of others: as little as decides the comparison.</summary>
internal interface IKeptValues
{
    /// <summary>What is kept.</summary>
    IReadOnlyCollection<ValueRow> All { get; }

    /// <summary>Whether nothing that could still come changes the answer.</summary>
    bool IsEnough { get; }

    /// <summary>What it takes in memory, in plain values.</summary>
    int Weight { get; }

    /// <summary>Keeps the values of an Observation when they count.</summary>
    void Add(ValueRow row);
}
