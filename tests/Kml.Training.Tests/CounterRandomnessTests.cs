using Shouldly;
using Xunit;

namespace Kml.Training.Tests;

public sealed class CounterRandomnessTests
{
    /// <summary>The known answers of Random123, the authors' library, for threefry2x32 with 20 rounds.</summary>
    [Theory]
    [InlineData(0ul, 0ul, 0x99ba4efe_6b200159ul)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, 0xbb002be7_1cb996fcul)]
    [InlineData(0x03707344_13198a2eul, 0x85a308d3_243f6a88ul, 0x483df7a0_c4923a9cul)]
    public void It_gives_the_bits_of_its_authors(ulong key, ulong counter, ulong bits) =>
        new CounterRandomness(key).Draw(counter).ShouldBe(bits);
}
