namespace Quartier.Contracts.Registry;

/// <summary>What a <see cref="RegistryChange"/> does.</summary>
public enum RegistryAction : byte
{
    /// <summary>New.</summary>
    Add = 0,

    /// <summary>Known before, with other content.</summary>
    Change = 1,

    /// <summary>No longer listed: its readings stay until they expire, new ones are refused.</summary>
    Remove = 2,
}
