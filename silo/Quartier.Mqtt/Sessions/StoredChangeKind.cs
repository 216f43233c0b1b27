namespace Quartier.Mqtt.Sessions;

/// <summary>What a change does.</summary>
public enum StoredChangeKind : byte
{
    /// <summary>Keeps a record under its key.</summary>
    Keep,

    /// <summary>Removes the record with the key.</summary>
    Remove,

    /// <summary>Removes all records whose keys begin with the key.</summary>
    RemoveAll,
}
