using Quartier.Gateway.Replay;

namespace Gateway.Tests.Replay;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData("PP Hörsterplatz", "pp-hoersterplatz")]
    [InlineData("Promenade (nördl. Salzstraße)", "promenade-noerdl-salzstrasse")]
    [InlineData("Kanalpromenade, Abschnitt 1 (Dingstiege)", "kanalpromenade-abschnitt-1-dingstiege")]
    [InlineData("Kinderhauser Str.", "kinderhauser-str")]
    [InlineData("  TG  Hafenmarkt ", "tg-hafenmarkt")]
    public void Id_follows_from_the_name(string name, string id) => Assert.Equal(id, Identifiers.FromName(name));

    [Fact]
    public void Name_without_letters_is_refused() => Assert.Throws<ArgumentException>(() => Identifiers.FromName("(—)"));
}
