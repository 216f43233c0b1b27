namespace Quartier.Silo.Startup;

/// <summary>How long a grain may take to become active, on either engine.</summary>
internal static class ActivationLimit
{
    /// <summary>
    /// A sensor of which nothing is kept but its readings goes through all of them, a million a second: ten minutes are enough for a hundred sensors with two years of minutes
    /// each at once. With the 30 s that Orleans sets it would begin anew for ever.
    /// </summary>
    public static TimeSpan Time { get; } = TimeSpan.FromMinutes(10);
}
