using Quartier.Storage.Databases;

namespace Quartier.Storage.Retention;

/// <summary>
/// The day before which everything that expired was dropped. It is noted before the first file goes: what the journal still has of such a file
/// would otherwise come back after a crash, beside the roll-ups that took its place.
/// </summary>
internal static class DroppedDays
{
    /// <summary>The day.</summary>
    public static int Read(Database database) => (int)database.Scalar("SELECT before_day FROM dropped");

    /// <summary>Notes the day.</summary>
    public static void Note(Database database, int day) =>
        database.Prepare("UPDATE dropped SET before_day = max(before_day, ?)").Bind(1, day).Execute();
}
