import { cacheLevelSuite } from '../testing/cache-level.suite.ts';
import { layeredUnderTest, redisUnderTest, twoInstancesUnderTest } from '../testing/redis-under-test.ts';

cacheLevelSuite('RedisLevel', redisUnderTest);
cacheLevelSuite('RedisLevel of two instances', twoInstancesUnderTest);
cacheLevelSuite('LayeredLevel', layeredUnderTest);
