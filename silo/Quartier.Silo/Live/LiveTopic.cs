using System.Text;

namespace Quartier.Silo.Live;

/// <summary>
/// Topics in which the city itself publishes: <c>v1/{city}/live/{district}/sensor/{gateway}/{sensor}/{property}</c>,
/// <c>v1/{city}/live/{district}/asset/{asset}/value/{name}</c> and <c>v1/{city}/live/{district}/asset/{asset}/status</c>.
/// </summary>
internal static class LiveTopic
{
    /// <summary>Third level.</summary>
    public const string Level = "live";

    /// <summary>Topic of a sensor's property.</summary>
    public static byte[] OfSensor(string city, string district, string gateway, string sensor, string property) =>
        Encoding.UTF8.GetBytes($"v1/{city}/{Level}/{district}/sensor/{gateway}/{sensor}/{property}");

    /// <summary>Topic of an asset's computed value.</summary>
    public static byte[] OfValue(string city, string district, string asset, string name) =>
        Encoding.UTF8.GetBytes($"v1/{city}/{Level}/{district}/asset/{asset}/value/{name}");

    /// <summary>Topic of an asset's status.</summary>
    public static byte[] OfStatus(string city, string district, string asset) =>
        Encoding.UTF8.GetBytes($"v1/{city}/{Level}/{district}/asset/{asset}/status");

    /// <summary>Whether a filter may match topics in which the city publishes.</summary>
    public static bool IsWanted(string filter, string city)
    {
        var levels = filter.Split('/');
        string[] wanted = ["v1", city, Level];
        for (var i = 0; i < wanted.Length; i++)
        {
            if (i >= levels.Length)
            {
                return false;
            }

            if (levels[i] is "#")
            {
                return true;
            }

            if (levels[i] is not "+" && !string.Equals(levels[i], wanted[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return levels.Length > wanted.Length;
    }
}
