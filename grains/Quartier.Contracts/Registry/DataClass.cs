namespace Quartier.Contracts.Registry;

/// <summary>Who may see a datastream when nothing else is said. Deny by default: only public data are read without a grant.</summary>
public enum DataClass : byte
{
    /// <summary>For the city's own offices.</summary>
    Internal = 0,

    /// <summary>For everybody.</summary>
    Public = 1,

    /// <summary>Energy meters of buildings and the like: only by explicit grant.</summary>
    Sensitive = 2,
}
