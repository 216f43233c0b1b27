namespace Quartier.Silo.SensorThings;

/// <summary>Marks a message that holds what everybody may know, and that the silo itself has made: no client can mark one.</summary>
internal sealed class OpenNotice
{
    private OpenNotice()
    {
    }

    /// <summary>The mark.</summary>
    public static OpenNotice Mark { get; } = new();
}
