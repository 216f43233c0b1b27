namespace Quartier.Storage.Retention;

/// <summary>How fine a roll-up is; the number stands in the files.</summary>
internal enum RollUpResolution
{
    /// <summary>UTC hours.</summary>
    Hour = 1,

    /// <summary>Local days of the city, in one part for each UTC day that they touch.</summary>
    Day = 2,
}
