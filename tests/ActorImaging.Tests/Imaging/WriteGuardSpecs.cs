using ActorImaging.Imaging;
using ActorImaging.Imaging.Kernels;

namespace ActorImaging.Tests.Imaging;

/// <summary>Guards behind native memory: they bite where something is written, directly behind what was asked for, and nowhere else.</summary>
[Collection("Native memory")]
public sealed unsafe class WriteGuardSpecs : IDisposable
{
    public WriteGuardSpecs() => NativePixelPool.IsGuarded = true;

    public void Dispose() => NativePixelPool.IsGuarded = false;

    /// <summary>Blocks of 1 MiB and more come back for other lengths: the guard is behind the length, not at the end of the block.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(2 << 20)]
    [InlineData((2 << 20) + 1)]
    [InlineData((2 << 20) + 777)]
    public void Should_bite_behind_a_block(long length)
    {
        var before = NativePixelPool.TakenBytes;
        foreach (var behind in new[] { 0, 1, NativePixelPool.SlackBytes - 1 })
        {
            var block = NativePixelPool.Take(length);
            block[length + behind] ^= 1;
            var fault = Assert.Throws<InvalidOperationException>(() => NativePixelPool.GiveBack(block, length));
            Assert.Contains($"behind a block of {length} bytes", fault.Message, StringComparison.Ordinal);
        }

        var whole = NativePixelPool.Take(length);
        new Span<byte>(whole, (int)length).Fill(1);
        Assert.NotEqual(0, new ReadOnlySpan<byte>(whole, (int)length + NativePixelPool.SlackBytes)[^1]); // may be read
        NativePixelPool.GiveBack(whole, length);
        Assert.Equal(before, NativePixelPool.TakenBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Should_bite_behind_a_row(int row)
    {
        const int RowBytes = 100;
        const int WithWholeVectors = 128;
        var rows = new RowScratch(3, RowBytes);
        rows[row][WithWholeVectors] ^= 1;
        Assert.Throws<InvalidOperationException>(rows.Dispose);

        rows = new RowScratch(3, RowBytes);
        new Span<byte>(rows[row], WithWholeVectors).Fill(1);
        rows.Dispose();
    }

    [Fact]
    public void Should_bite_where_another_length_comes_back()
    {
        var block = NativePixelPool.Take(100);
        Assert.Throws<InvalidOperationException>(() => NativePixelPool.GiveBack(block, 99));
        NativePixelPool.GiveBack(NativePixelPool.Take(100), 100);
    }

    /// <summary>Whoever took a block before guards were wanted has none.</summary>
    [Fact]
    public void Should_not_bite_where_nothing_is_guarded()
    {
        NativePixelPool.IsGuarded = false;
        var block = NativePixelPool.Take(100);
        var rows = new RowScratch(1, 100);
        NativePixelPool.IsGuarded = true;
        block[100] ^= 1;
        rows[0][128] ^= 1;
        rows.Dispose();
        NativePixelPool.GiveBack(block, 100);
    }
}
