using System;
using System.Linq;
using Kml.KmodGen.Targets;
using Kml.TestSupport;
using Shouldly;
using Xunit;

namespace Kml.KmodGen.Tests;

/// <summary>The capacity that events tell, compiled over a stand-in of the kernel's: at least 1, as the row promises to whoever divides by it.</summary>
public class DiskSectorsTests
{
    [Fact]
    public void A_disk_without_its_medium_has_one_sector()
    {
        string events = Renderer.Render(KernelModule.Instance, SourceModels.Named("QueueWait"), weights: null, "1.2.3")
            .Single(f => f.Path == "kml_block_events.h").Text();
        int start = events.IndexOf("static inline u64 kml_disk_sectors(", StringComparison.Ordinal);
        string function = events[start..(events.IndexOf("\n}\n", start, StringComparison.Ordinal) + 3)];
        events.Split("e->disk_sectors = ").Skip(1).ShouldAllBe(rest => rest.StartsWith("kml_disk_sectors(dev);", StringComparison.Ordinal));

        using CCompiler compiler = new();
        compiler.Add("main.c", $$"""
            #include <stdio.h>
            typedef unsigned long long u64;
            #define max_t(type, a, b) ((type)(a) > (type)(b) ? (type)(a) : (type)(b))
            struct gendisk { u64 sectors; };
            struct kml_device { struct gendisk *disk; };
            static u64 get_capacity(const struct gendisk *disk) { return disk->sectors; }
            {{function}}
            int main(void)
            {
            	struct gendisk disks[] = { { 0 }, { 1 }, { 1ull << 40 } };
            	for (int i = 0; i < 3; i++)
            		printf("%llu\n", kml_disk_sectors(&(struct kml_device){ &disks[i] }));
            	return 0;
            }
            """);
        compiler.Run("gcc", [.. CCompiler.Strict, "-o", "main", "main.c"]);
        compiler.Run("sh", "-c", "./main").ShouldBe("1\n1\n1099511627776\n");
    }
}
